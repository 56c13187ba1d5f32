/**
 * Changes that nobody can notice, and so no test: [file, part of the line, names of mutants (all if none), why]. Each was
 * looked at; whoever changes such a line looks again.
 */
const saves = 'only saves work: the result is the same without it';
const keeps = 'only keeps what would be worked out again';
const told =
  'what is missing was told as an error, and what is made of the rest is thrown away; the guard is for its type';
const types = 'cannot be, for the one is there if the other is; the guard is for its type';
const ours = 'lets errors of our own program through, of which there are none';

const equivalent = [
  ['journey/chance.js', 'if (drawn === undefined)', ['always true'], keeps],
  ['journey/chance.js', 'known.', [], keeps],
  ['journey/customer-desk.js', 'if (effects.length > 0)', ['always true', '> to >='], saves],
  ['journey/customer-desk.js', 'if (trace.length > 0)', ['always true', '> to >='], saves],
  ['journey/customer-desk.js', 'if (touched.size > 0)', ['always true', '> to >='], saves],
  ['journey/customer-desk.js', 'if (this.asksAnyReply())', ['always true'], saves],
  ['journey/customer-desk.js', 'if (before.length > 0)', ['always true', '> to >='], saves],
  ['journey/run.js', "if (effect.kind === 'queue'", ['always true'], saves],
  ['time/hijri.js', 'if (kept !== undefined)', ['always false'], keeps],
  ['time/hijri.js', 'firsts.', [], keeps],
  ['time/windows.js', 'around.ofDay.size > daysKept', ['always true', '> to >=', 'turn >'], keeps],
  ['time/windows.js', 'around.ofDay.set(', [], keeps],
  ['time/windows.js', 'if (spans === undefined)', ['always true'], keeps],
  ['time/instant.js', 'if (date === undefined)', ['always true'], keeps],
  ['time/instant.js', 'dates.', [], keeps],
  ['time/arithmetic.js', 'if (days === undefined)', ['always true'], keeps],
  ['time/arithmetic.js', 'known.size', [], keeps],
  ['time/arithmetic.js', 'known.set(', [], keeps],
  ['time/zone-offsets.js', 'if (this.ask(next) === offset) continue', ['always false'], saves],
  ['time/cron.js', 'if (closes - opens === dayLength', ['always false', 'minus to plus'], saves],
  ['occasions/load.js', 'readRule(entry.value, problems) ?? never', ['drop default'], told],
  ['occasions/load.js', 'return false', [], told],
  ['time/zone.js', 'known.size', [], keeps],
  ['time/zone.js', 'known.set(', [], keeps],
  ['catalogue/json-schema.js', 'return properties !== undefined && isJsonObject', ['and to or'], types],
  ['journey/steps/webhook.js', 'if (step.saveAs !== undefined) run.forget', ['always true'], types],
  ['occasions/occasions.js', 'if (known !== undefined) return known', ['always false'], keeps],
  ['occasions/occasions.js', 'this.covered.size', [], keeps],
  ['occasions/occasions.js', 'this.covered.set(', [], keeps],
  ['credit/credit-book.js', 'if (taken > 0)', ['always true', '> to >='], saves],
  ['occasions/read-rule.js', 'if (node === undefined || text === undefined)', ['or to and', 'always false'], told],
  ['time/duration.js', 'shape.test(text)) return undefined', ['or to and', 'always false'], types],
  ['time/duration.js', 'if (digits === undefined || unit === undefined) return undefined', ['or to and'], types],
  [
    'expression/functions/time.js',
    'if (rest > margin && rest < day - margin)',
    ['always false', '> to >=', '< to <=', 'and to or'],
    saves,
  ],
  ['expression/functions/time.js', 'if (node === undefined || checked === broken)', ['or to and'], types],
  [
    'expression/functions/macros.js',
    'cell.value = undefined',
    ['drop assignment'],
    'only lets go of the last item, whose name nobody can say outside',
  ],
  [
    'expression/functions/macros.js',
    'cell.value = item ?? undefined',
    ['drop default'],
    'null and undefined are one thing to whoever reads a cell',
  ],
  ['expression/functions/search.js', 'cheapProduct', [], saves],
  [
    'expression/functions/pattern.js',
    'if (operands === undefined || text === undefined || pattern === undefined)',
    ['or to and'],
    types,
  ],
  ['expression/operators/order.js', 'return comparedWithConstant(operator', ['always false'], saves],
  ['expression/functions/text.js', 'if (!surrogate.test(value)) return point', ['always false'], saves],
  ['expression/functions/text.js', 'unit > 0 && surrogate.test(value)', ['> to >=', 'and to or'], saves],
  ['policy/consent.js', 'chainFrom(purpose, purposes).at(-1)', ['drop default'], types],
  ['policy/channels.js', 'if (node === undefined || text === undefined)', ['or to and'], told],
  ['journey/remembered.js', 'known.set(', [], keeps],
  ['journey/load/top.js', 'const priority =', ['and to or'], types],
  ['time/zone-offsets.js', 'this.stretches.s', [], keeps],
  ['journey/due.js', '(a.wakeAt ?? 0)', ['drop default'], types],
  ['journey/load/json-templates.js', 'configurable: true', [], 'nobody defines the same field again'],
  ['journey/steps/buttons.js', '?? words[0] ?? name', ['drop default'], types],
  ['catalogue/json-schema.js', 'if (schema === undefined || !isJsonObject(schema))', ['or to and'], types],
  ['yaml/slips/slip.js', '.exec(text)?.[0].length ?? 0', ['drop default'], types],
  ['journey/load/block.js', 'if (main === undefined || reader === undefined)', ['or to and'], types],
  ['journey/load/steps/emit.js', 'if (type === undefined || data === undefined)', ['always false', 'or to and'], told],
  [
    'journey/load/steps/take-back.js',
    'if (node === undefined || name === undefined)',
    ['always false', 'or to and'],
    told,
  ],
  ['journey/load/steps/ask.js', 'if (read === undefined || question === undefined)', ['or to and'], told],
  ['journey/load/triggers/every.js', 'make: which && at', ['and to or'], told],
  ['message/template/content.js', 'instanceof ContentError)) throw error', ['always false'], ours],
  ['message/template/content.js', 'instanceof Error)) throw error', ['always false'], ours],
  ['message/template/compiler.js', 'instanceof HelperError)) throw error', ['always false'], ours],
  [
    'expression/journal-history.js',
    'while(place > 0 && byTime(',
    ['> to >='],
    'no two events have one place: each has its own number',
  ],
  ['expression/read.js', 'lastText = json', ['drop assignment'], keeps],
  [
    'expression/to-json.js',
    'toJson(item ?? undefined, of, clock) ?? null',
    ['drop default'],
    'null comes out as null either way',
  ],
  ['expression/functions/macros.js', 'name ?? call.node', ['drop default'], types],
  [
    'expression/functions/conversion.js',
    'if (rule === undefined || inner === undefined)',
    ['or to and', 'always false'],
    types,
  ],
  ['yaml/convert.js', 'spots[Math.min(offset, text.length)] ?? 0', ['drop default'], types],
  ['yaml/parse.js', 'index < text.length', ['< to <='], 'behind the last letter stands nothing, which is no bracket'],
  [
    'yaml/slips/indentation.js',
    'levels.find',
    ['< to <=', '> to >='],
    'a line that stands where others do is none of these, which was asked before',
  ],
  ['expression/read.js', 'if (json === lastText && zone === lastZone) return instant', ['always false'], keeps],
  ['expression/functions/search.js', 'if (isCheap(text, part))', ['always true', 'always false'], saves],
  [
    'expression/operators/membership.js',
    'return items.every((item)=>item !== undefined',
    ['flip !==', 'every to some'],
    saves,
  ],
  [
    'expression/functions/money.js',
    'if (first === undefined || second === undefined) return undefined',
    ['always false', 'or to and'],
    'cannot be: a call has as many operands as the function takes; the guard is for its type',
  ],
  ['yaml/parse.js', 'instanceof Error)) throw error', ['always false'], ours],
];

export function isEquivalent({ file, name, line }) {
  return equivalent.some(
    ([path, part, names]) =>
      file.endsWith(`/src/domain/${path}`) && line.includes(part) && (names.length === 0 || names.includes(name)),
  );
}
