import type { Journey } from '../domain/journey/journey.js';
import type { Next, Step } from '../domain/journey/step.js';
import type { Trigger } from '../domain/journey/trigger.js';
import { alternativesOf } from '../domain/journey/ways-out.js';

/** A journey as a flow chart in Mermaid's language, which many editors and forges draw. */
export function drawMermaid(journey: Journey): string {
  return new Drawing(journey).text();
}

interface Edge {
  readonly from: string;
  readonly to: string;
  readonly label: string;
  /** Back to the wait whose staying arm this was. */
  readonly back: boolean;
}

class Drawing {
  private readonly names: ReadonlyMap<string, string>;

  constructor(private readonly journey: Journey) {
    this.names = new Map([...journey.steps.keys()].map((id, index) => [id, `s${String(index + 1)}`]));
  }

  text(): string {
    const { title, triggers, first, steps } = this.journey;
    const start = triggers.map(nameOf).join(' / ');
    const edges = merged([this.edge('start', first, ''), ...[...steps.values()].flatMap((step) => this.edgesOf(step))]);
    return [
      'flowchart TD',
      `  start(["${below(title, start)}"])`,
      ...[...steps.values()].map((step) => `  ${this.nodeOf(step)}`),
      ...(edges.some(({ to }) => to === 'done') ? ['  done(["end"])'] : []),
      ...edges.map(drawEdge),
    ].join('\n');
  }

  private nodeOf(step: Step): string {
    const [open, close] = shapes[step.kind];
    const label = step.kind === 'task' ? below(step.id, step.written) : escaped(step.id);
    return `${this.names.get(step.id) ?? step.id}${open}"${label}"${close}`;
  }

  private edgesOf(step: Step): readonly Edge[] {
    if (step.kind === 'stop') return [];
    const from = this.names.get(step.id) ?? step.id;
    const ways = alternativesOf(step).map(({ name, to }) => this.edge(from, to, name));
    return goesOnPlainly(step) ? [this.edge(from, step.next, ''), ...ways] : ways;
  }

  private edge(from: string, to: Next, label: string): Edge {
    switch (to.kind) {
      case 'end':
        return { from, to: 'done', label, back: false };
      case 'step':
        return { from, to: this.names.get(to.id) ?? to.id, label, back: false };
      case 'back':
        return { from, to: this.names.get(to.to) ?? to.to, label, back: true };
    }
  }
}

const shapes: Readonly<Record<Step['kind'], readonly [string, string]>> = {
  send: ['[', ']'],
  ask: ['[', ']'],
  wait: ['(', ')'],
  wait_until: ['(', ')'],
  wait_for: ['(', ')'],
  choose: ['{', '}'],
  split: ['{', '}'],
  grant: ['[', ']'],
  take_back: ['[', ']'],
  set: ['[', ']'],
  emit: ['[', ']'],
  webhook: ['[', ']'],
  task: ['[', ']'],
  stop: ['([', '])'],
};

/** Whether it may go on without one of its alternatives. */
function goesOnPlainly(step: Step): boolean {
  switch (step.kind) {
    case 'choose':
      return step.otherwise === undefined;
    case 'split':
      return (step.arms.at(-1)?.upTo ?? 0) < 1;
    case 'wait_for':
      return step.arms.length === 0 && step.atMost === undefined;
    case 'wait_until':
      return false;
    default:
      return true;
  }
}

/** Two ways from one step to another are one line with both names. */
function merged(edges: readonly Edge[]): readonly Edge[] {
  const found = new Map<string, Edge>();
  for (const edge of edges) {
    const key = `${edge.from} ${edge.to} ${String(edge.back)}`;
    const before = found.get(key);
    const labels = [...new Set([before?.label ?? '', edge.label])].filter((label) => label !== '');
    found.set(key, { ...edge, label: labels.join(' / ') });
  }
  return [...found.values()];
}

function drawEdge({ from, to, label, back }: Edge): string {
  const line = back ? '-.->' : '-->';
  return `  ${from} ${line}${label === '' ? '' : `|"${escaped(label)}"|`} ${to}`;
}

function nameOf(trigger: Trigger): string {
  return trigger.kind === 'event' ? trigger.event : `${trigger.kind}: ${trigger.startedBy}`;
}

/** What has a title shows it, on a line of its own. */
function below(upper: string | undefined, lower: string | undefined): string {
  return [upper, lower].flatMap((text) => (text === undefined ? [] : escaped(text))).join('<br>');
}

/** Quotes would end the label, and `#` begins an entity. */
function escaped(text: string): string {
  return text
    .replaceAll('#', '#35;')
    .replaceAll('"', '#quot;')
    .replaceAll('<', '#lt;')
    .replaceAll('>', '#gt;')
    .replaceAll('\n', ' ');
}
