/**
 * A value from outside as it may stand in a message: control characters go, and direction marks that are not closed
 * again, so that a name cannot turn the text around it.
 */
export function cleanText(value: string): string {
  if (!suspicious.test(value)) return value;
  const text = value.replace(/\r\n?/g, '\n').replace(controls, '');
  return areClosed(text) ? text : text.replace(directions, '');
}

/** What a thing is, for a sentence. */
export function describe(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  return names[typeof value] ?? 'a record';
}

/** Each embedding, override or isolate has its end inside the value, in the right order. */
function areClosed(text: string): boolean {
  const open: string[] = [];
  for (const [mark] of text.matchAll(directions)) {
    if (mark === popDirection || mark === popIsolate) {
      if (open.pop() !== mark) return false;
    } else open.push(mark >= '\u2066' ? popIsolate : popDirection);
  }
  return open.length === 0;
}

const names: Readonly<Record<string, string>> = { string: 'a text', number: 'a number', boolean: 'true or false' };
const [popDirection, popIsolate] = ['\u202c', '\u2069'];
const directions = /[\u202a-\u202e\u2066-\u2069]/g;
/* oxlint-disable no-control-regex -- these are what is taken out */
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;
const suspicious = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;
