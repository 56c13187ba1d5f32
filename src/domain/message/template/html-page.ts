import Handlebars from 'handlebars';

/**
 * A mail's body as a whole page in the direction of its language. Mail programs drop what stands on `<html>`, so that the
 * direction stands on `<body>` too, and in its style. A body that brings its own `<html>` is left as it is.
 */
export function htmlPage(body: string, subject: string, language: string): string {
  if (/<html[\s>]/i.test(body)) return body;
  const direction = directionOf(language);
  const align = direction === 'rtl' ? 'right' : 'left';
  const marks = `lang="${language}" dir="${direction}"`;
  return [
    '<!doctype html>',
    `<html ${marks}>`,
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${Handlebars.escapeExpression(subject)}</title>`,
    '</head>',
    `<body ${marks} style="direction: ${direction}; text-align: ${align}; font-family: Tahoma, Arial, sans-serif;">`,
    body,
    '</body>',
    '</html>',
  ].join('\n');
}

/** A page without a title gets the subject as one. */
export function titled(html: string, subject: string): string {
  return html.replace('<title></title>', () => `<title>${Handlebars.escapeExpression(subject)}</title>`);
}

export function directionOf(language: string): 'rtl' | 'ltr' {
  return rightToLeft.has(language.toLowerCase().split('-')[0] ?? language) ? 'rtl' : 'ltr';
}

const rightToLeft = new Set(['fa', 'ar', 'ckb', 'ur', 'he', 'ps', 'ug', 'sd', 'yi']);
