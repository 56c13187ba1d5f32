import { Gathering } from './gathering.js';

describe('questions that come together', () => {
  it('are asked in few, and each is answered its own', async () => {
    const asked: number[] = [];
    const gathering = new Gathering<number, number>((items) => {
      asked.push(items.length);
      return Promise.resolve(items.map((item) => item * 2));
    }, 50);
    const answers = await Promise.all(Array.from({ length: 121 }, (_, item) => gathering.add([item])));
    expect(answers.flat()).toEqual(Array.from({ length: 121 }, (_, item) => item * 2));
    expect(asked).toEqual([1, 50, 50, 20]);
    expect(await gathering.add([7, 8])).toEqual([14, 16]);
    expect(await gathering.add([])).toEqual([]);
  });

  it('fail together, and those after them do not', async () => {
    let fails = true;
    const gathering = new Gathering<string, string>((items) =>
      fails ? Promise.reject(new Error('away')) : Promise.resolve(items),
    );
    await expect(gathering.add(['a', 'b'])).rejects.toThrow('away');
    fails = false;
    expect(await gathering.add(['c'])).toEqual(['c']);
  });

  it('fail where there are fewer answers', async () => {
    const gathering = new Gathering<string, string>(() => Promise.resolve([]));
    await expect(gathering.add(['a'])).rejects.toThrow('0 answers to 1 questions');
  });
});
