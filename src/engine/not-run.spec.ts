import { givenWorkspace, journeyText } from '../../test/given/workspace.js';
import { notRun, printNotRun } from './not-run.js';

function needsOf(top: string): readonly string[] | undefined {
  const { workspace, problems } = givenWorkspace({ 'journeys/test.yaml': journeyText({ top }) });
  if (workspace === undefined) throw new Error(JSON.stringify(problems));
  return notRun(workspace).get('test');
}

describe('a journey', () => {
  it('that needs nothing else starts people', () => {
    expect(needsOf('holdout: 5%')).toBeUndefined();
  });

  it.each([['limits: { credit: 5 toman per 1 day }', 'limits.credit']])(
    'with %s starts nobody, and it is said why',
    (top, missing) => {
      expect(needsOf(top)).toEqual([missing]);
      expect(printNotRun('test', [missing])).toBe(
        `journey test starts nobody here: it needs ${missing}, which serving does not do yet`,
      );
    },
  );
});
