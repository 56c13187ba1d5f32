import { createLog } from '../ops/log.js';
import { tellEnd } from './tell-end.js';

function lastLine(inDoubt: number): unknown {
  const lines: string[] = [];
  tellEnd(inDoubt, createLog({ level: 'info', secrets: [] }, { write: (line) => void lines.push(line) }));
  return JSON.parse(lines.at(-1) ?? '{}');
}

describe('the end of a process that was asked to end', () => {
  it.each([
    [0, 'stopped, with nothing in hand'],
    [1, 'stopped; 1 message is left in doubt, and whoever sends next asks what became of them'],
    [3, 'stopped; 3 messages are left in doubt, and whoever sends next asks what became of them'],
  ])('is told with what is left: %d', (inDoubt, msg) => {
    expect(lastLine(inDoubt)).toMatchObject({ in_doubt: inDoubt, msg });
  });
});
