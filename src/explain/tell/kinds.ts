import { fieldAt } from '../../domain/catalogue/catalogue.js';
import type { Kind } from '../../domain/expression/kind.js';
import type { Journey } from '../../domain/journey/journey.js';
import type { Step } from '../../domain/journey/step.js';
import type { Workspace } from '../../domain/workspace.js';

/** Where a name was looked at: in which journey, while which event was tested. */
export interface Place {
  readonly workspace: Pick<Workspace, 'catalogue' | 'journeys'>;
  readonly journey: string;
  readonly event: string | undefined;
}

/** What kind of thing `event.amount` or `estimate.cost` is; undefined where today's files do not say. */
export function kindOfName(what: string, { workspace, journey: name, event }: Place): Kind | undefined {
  const [first = '', ...path] = what.split('.');
  const { catalogue } = workspace;
  const journey = workspace.journeys.find((one) => one.name === name);
  if (first === 'customer') return fieldAt(catalogue.customer, path)?.kind;
  if (first === 'event') return event === undefined ? undefined : kindOfField(event, path, catalogue);
  if (journey === undefined) return undefined;
  const types =
    first === 'trigger' ? [...journey.startsOn] : [...journey.steps.values()].flatMap((step) => savedAs(first, step));
  const found = types.map((type) => kindOfField(type, path, catalogue)).find((kind) => kind !== undefined);
  return found ?? (isGrantOf(first, journey) && path[0] !== 'expires_at' ? { kind: 'money' } : undefined);
}

export function kindOfField(
  type: string,
  path: readonly string[],
  catalogue: Pick<Workspace['catalogue'], 'eventKind'>,
): Kind | undefined {
  return fieldAt(catalogue.eventKind(type), path)?.kind;
}

/** The event types whose data are saved under that name. */
function savedAs(name: string, step: Step): readonly string[] {
  if (step.kind !== 'wait_for') return [];
  return step.arms.filter(({ saveAs }) => saveAs === name).map(({ event }) => event);
}

function isGrantOf(name: string, { steps }: Journey): boolean {
  return [...steps.values()].some(
    (step) => (step.kind === 'grant' || step.kind === 'take_back') && step.saveAs === name,
  );
}
