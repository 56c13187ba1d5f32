/** Asks again and again until the answer is true; what was seen last is in the error. Nothing here ends by time alone. */
export async function until(what: string, seen: () => unknown, withinMs: number, everyMs = 20): Promise<void> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const last = await seen();
    if (last === true) return;
    if (Date.now() > deadline)
      throw new Error(`${what}: not within ${String(withinMs)} ms; last seen: ${String(last)}`);
    await pause(everyMs);
  }
}

/** The rhythm of a load or of a nuisance; never a way to find out whether something is over. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
