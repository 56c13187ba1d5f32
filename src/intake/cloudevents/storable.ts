/** Deeper data is nobody's event, and everything that walks through it would have to mind its stack. */
const deepest = 32;

/** What Postgres and JSON cannot keep: NUL, and half of a surrogate pair. */
const unstorable = /[\0\p{Surrogate}]/u;

/** Most texts have neither NUL nor any surrogate, which a plain loop sees soonest. */
export function isStorableText(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === 0 || (unit >= 0xd800 && unit <= 0xdfff)) return !unstorable.test(text);
  }
  return true;
}

/** Storable and without control characters, which in a name are a mistake of the sender and would garble logs. */
export function isPlainText(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit < 0x20 || (unit >= 0x7f && unit <= 0x9f)) return false;
  }
  return isStorableText(text);
}

export interface Unstorable {
  readonly place: string;
  readonly message: string;
}

/** The first thing in a JSON value that cannot be kept as it is; undefined where all can. */
export function unstorableIn(value: unknown, place: string, depth = 0): Unstorable | undefined {
  switch (typeof value) {
    case 'string':
      return isStorableText(value) ? undefined : { place, message: badText };
    case 'number':
      return Number.isFinite(value) ? undefined : { place, message: tooLarge };
    case 'object':
      return value === null ? undefined : unstorableInside(value, place, depth);
    default:
      return undefined;
  }
}

/** Places are put together only once something was found. */
function unstorableInside(value: object, place: string, depth: number): Unstorable | undefined {
  if (depth >= deepest) return { place, message: `is nested deeper than ${String(deepest)} levels; flatten it` };
  return Array.isArray(value) ? unstorableInList(value, place, depth) : unstorableInObject(value, place, depth);
}

function unstorableInList(list: readonly unknown[], place: string, depth: number): Unstorable | undefined {
  for (let at = 0; at < list.length; at += 1) {
    const found = unstorableIn(list[at], '', depth + 1);
    if (found !== undefined) return { ...found, place: `${place}[${String(at)}]${found.place}` };
  }
  return undefined;
}

function unstorableInObject(object: object, place: string, depth: number): Unstorable | undefined {
  for (const name of Object.keys(object)) {
    if (name === '__proto__' || !isStorableText(name)) return { place, message: badName };
    const found = unstorableIn((object as Readonly<Record<string, unknown>>)[name], '', depth + 1);
    if (found !== undefined) return { ...found, place: `${place}.${name}${found.place}` };
  }
  return undefined;
}

const badText = 'has a character that cannot be kept (NUL or half of a surrogate pair); take it out';
const badName = 'has a field with a name that cannot be kept; rename it';
const tooLarge = 'is a number beyond what JSON numbers can hold; send it as text';
