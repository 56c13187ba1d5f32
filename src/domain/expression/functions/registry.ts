import { didYouMean } from '../../did-you-mean.js';
import type { Checking, Site } from '../checking.js';
import type { CallNode } from '../node.js';
import type { Typed } from '../typed.js';
import { audienceFunctions } from './audience.js';
import { collectionFunctions } from './collections.js';
import { conversionFunctions } from './conversion.js';
import { creditFunctions } from './credit.js';
import type { FunctionDefinition } from './definition.js';
import { durationFunctions } from './durations.js';
import { historyFunctions } from './history.js';
import { macros } from './macros.js';
import { moneyFunctions } from './money.js';
import { patternFunctions } from './pattern.js';
import { presenceFunctions } from './presence.js';
import { saysFunctions } from './says.js';
import { textFunctions } from './text.js';
import { timeFunctions } from './time.js';

const functions: ReadonlyMap<string, FunctionDefinition> = new Map(
  [
    presenceFunctions,
    historyFunctions,
    moneyFunctions,
    timeFunctions,
    durationFunctions,
    textFunctions,
    saysFunctions,
    patternFunctions,
    collectionFunctions,
    conversionFunctions,
    macros,
    audienceFunctions,
    creditFunctions,
  ]
    .flat()
    .map((definition) => [definition.name, definition]),
);

export function checkCall(node: CallNode, site: Site, checking: Checking): Typed {
  const { name, namePlace, receiver } = node;
  const definition = functions.get(name);
  if (definition === undefined) return unknownFunction(node, checking);
  const { usage, form, least, most } = definition;
  if (form !== 'either' && (form === 'method') !== (receiver !== undefined)) {
    return checking.error(namePlace, `"${name}" is written ${usage}`);
  }
  const operands = receiver === undefined ? node.args : [receiver, ...node.args];
  if (operands.length < least || operands.length > most) {
    return checking.error(node, `"${name}" has too ${operands.length < least ? 'few' : 'many'} arguments: ${usage}`);
  }
  return definition.check({ node, operands, usage, site, checking });
}

function unknownFunction({ name, namePlace }: CallNode, checking: Checking): Typed {
  const remedy = name === 'rial' ? '; money is written toman(20000)' : didYouMean(name, functions.keys());
  return checking.error(namePlace, `unknown function "${name}"${remedy}`);
}
