import { EmbeddedPostgresError, withRemedy } from './embedded-postgres-error.js';

function failWith(code: string): () => never {
  return () => {
    throw Object.assign(new Error(code), { code });
  };
}

describe('file work', () => {
  it.each([
    ['ENOSPC', /cannot write here: no space left .*PEYK_DATA_DIR/],
    ['EACCES', /cannot write here: permission denied.*PEYK_DATA_DIR/],
    ['EROFS', /cannot write here: the file system is read-only.*PEYK_DATA_DIR/],
  ])('that the system refuses with %s gets a remedy', (code, message) => {
    const work = (): unknown => withRemedy('write here', failWith(code));
    expect(work).toThrow(EmbeddedPostgresError);
    expect(work).toThrow(message);
  });

  it('that fails otherwise fails as it did', () => {
    expect(() => withRemedy('write here', failWith('EBUSY'))).toThrow('EBUSY');
  });

  it('that succeeds gives its result', () => {
    expect(withRemedy('write here', () => 7)).toBe(7);
  });
});
