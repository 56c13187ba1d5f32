/** Elements whose inside is text or HTML, which MJML takes as it is. */
const withText = [
  ...['mj-title', 'mj-preview', 'mj-raw', 'mj-text', 'mj-button', 'mj-table'],
  ...['mj-navbar-link', 'mj-social-element', 'mj-accordion-title', 'mj-accordion-text'],
];

/** Elements between whose children a block may stand: they are laid out by themselves, whatever is beside them. */
const withFreeChildren = [
  ...['mj-body', 'mj-wrapper', 'mj-section', 'mj-group', 'mj-column', 'mj-hero'],
  ...['mj-social', 'mj-navbar', 'mj-accordion'],
];

/** Taken as it is too, but nothing of Handlebars belongs there. */
const withStyle = ['mj-style'];

const others = [
  ...['mjml', 'mj-head', 'mj-attributes', 'mj-all', 'mj-class', 'mj-breakpoint', 'mj-font', 'mj-accordion-element'],
  ...['mj-carousel', 'mj-carousel-image', 'mj-divider', 'mj-image', 'mj-spacer'],
];

export const knownElements: ReadonlySet<string> = new Set([...withText, ...withFreeChildren, ...withStyle, ...others]);
export const textElements: ReadonlySet<string> = new Set(withText);
export const freeElements: ReadonlySet<string> = new Set(withFreeChildren);

/** What stands in one of these is not looked into for tags. */
export const verbatimElements: ReadonlySet<string> = new Set([...withText, ...withStyle]);

/** The attributes that MJML copies and does not work with. */
export const copiedAttributes: ReadonlySet<string> = new Set(['href', 'src', 'alt', 'title']);

/** MJML divides a line among its columns beforehand. */
export const dividedElements: ReadonlySet<string> = new Set(['mj-section', 'mj-group']);
