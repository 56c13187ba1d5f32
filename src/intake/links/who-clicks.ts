/** What is known of whoever opens a link. */
export interface Visit {
  readonly method: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** Programs that look at a link before a person does, or in place of one, and say so: their visits are no clicks. */
export function isPerson({ method, headers }: Visit): boolean {
  if (method !== 'GET') return false;
  const agent = headers['user-agent'];
  if (typeof agent !== 'string' || agent.trim() === '' || programs.test(agent.slice(0, 1_000))) return false;
  return !fetchedAhead.some((name) => /prefetch|preview|prerender/i.test(String(headers[name] ?? '')));
}

const fetchedAhead = ['sec-purpose', 'purpose', 'x-purpose', 'x-moz'];

const programs = new RegExp(
  [
    // What calls itself so: TelegramBot, Googlebot, Slackbot-LinkExpanding …; Cubot makes telephones.
    '(?<!cu)bot(?![a-z])|crawl|spider|slurp|unfurl|preview|link-?check|scanner|archiver|headless|monitor',
    // Messengers and networks, where they fetch by themselves; their own browsers name themselves otherwise.
    'facebookexternalhit|facebookcatalog|meta-external|^whatsapp/|viber|skypeuripreview|snapchat url|pinterest/|vkshare',
    'flipboardproxy|embedly|iframely|google-(?:inspection|read-aloud|pagerenderer)|googleimageproxy|yahoomailproxy',
    // What looks into mails for malice.
    'safelinks|barracuda|mimecast|proofpoint|symantec|trend ?micro|ironport|urldefense',
    // Libraries and tools.
    '^(?:curl|wget|python|go-http|java|ruby|php|perl|libwww|axios|node|undici|got|guzzle|apache-httpclient|postman)',
  ].join('|'),
  'i',
);
