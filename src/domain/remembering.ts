/** The same text is read once, however many files hold it; so many of them are kept, then it begins anew. */
export function remembering<Read>(read: (text: string) => Read, most = 1_000): (text: string) => Read {
  const known = new Map<string, Read>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const fresh = read(text);
    if (known.size >= most) known.clear();
    // A long one is not repeated, and would be kept for nothing.
    if (text.length <= longest) known.set(text, fresh);
    return fresh;
  };
}

const longest = 500;
