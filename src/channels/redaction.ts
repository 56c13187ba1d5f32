const longest = 300;

/** Makes a text of a provider fit for logs and tables. `personal`: addresses that this call carried. */
export type Redact = (text: string, personal?: readonly string[]) => string;

/** Takes secrets and addresses out, keeps it on one line and short. */
export function redactor(secrets: readonly string[]): Redact {
  const hidden = secrets.flatMap((secret) => [secret, encodeURIComponent(secret)]);
  return (text, personal = []) => clip(oneLine(hide(hide(text, hidden, '[secret]'), personal, '[recipient]')));
}

function hide(text: string, parts: readonly string[], mark: string): string {
  const longestFirst = parts.filter((part) => part !== '').sort((a, b) => b.length - a.length);
  return longestFirst.reduce((rest, part) => rest.replaceAll(part, mark), text);
}

function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
}

function clip(text: string): string {
  const letters = Array.from(text);
  return letters.length > longest ? `${letters.slice(0, longest).join('')}…` : text;
}
