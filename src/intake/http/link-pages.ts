/** The few words that a customer reads here: Persian, then English, right to left, on any telephone. */
export const pages = {
  noLink: page('این نشانی وجود ندارد', 'There is no such link.'),
  noUnsubscribe: page('این نشانی وجود ندارد', 'There is no such address.'),
  ask: page(
    'دیگر از این پیام‌ها نمی‌خواهید؟',
    'No more of these messages?',
    '<form method="post"><button>لغو دریافت · Unsubscribe</button></form>',
  ),
  done: page('دیگر از این پیام‌ها برای شما فرستاده نمی‌شود', 'You will get no more of these messages.'),
  again: page('الان نشد؛ کمی بعد دوباره امتحان کنید', 'It did not work just now: please try again in a moment.'),
} as const;

/** Nothing of a page is fetched from anywhere, runs, or is kept; no address that was opened here is told to others. */
export const pageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex, nofollow',
} as const;

function page(persian: string, english: string, more = ''): string {
  return `<!doctype html>
<html lang="fa" dir="rtl">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${persian}</title>
    <style>
      body { font-family: Tahoma, Arial, sans-serif; text-align: center; margin: 20vh 1rem 0; }
      button { font: inherit; padding: 0.7em 1.4em; margin-top: 1em; }
    </style>
  </head>
  <body>
    <p>${persian}</p>
    <p lang="en" dir="ltr">${english}</p>
    ${more}
  </body>
</html>
`;
}
