import { nearest } from '../../../did-you-mean.js';
import { compileMjml } from './compile-mjml.js';

/** The attribute that this element has and that was perhaps meant. Only whoever has made a slip waits for it. */
export function nearAttribute(element: string, written: string): string | undefined {
  return nearest(written, attributesOf(element));
}

/** MJML tells of no list: it is asked which of all that there are it refuses. */
export function attributesOf(element: string): readonly string[] {
  const asked = compileMjml(
    `<mjml><mj-body><${element} ${all.map((name) => `${name}="1"`).join(' ')} /></mj-body></mjml>`,
  );
  const refused = asked.kind === 'wrong' ? asked.errors.flatMap(({ message }) => illegalIn(message)) : [];
  return all.filter((name) => !refused.includes(name));
}

/** The names in `Attributes a, b are illegal`. */
export function illegalIn(message: string): readonly string[] {
  const [, names] = /^Attributes? (.+) (?:is|are) illegal/.exec(message) ?? [];
  return names?.split(', ') ?? [];
}

/** Every attribute that some element of MJML has, those first that people write most. */
const all: readonly string[] = `
  color padding align width height src href alt title font-size font-family font-weight font-style line-height
  background-color background-url background-size background-position background-position-x background-position-y
  background-repeat background-width background-height border border-top border-right border-bottom border-left
  border-radius border-color border-style border-width padding-top padding-right padding-bottom padding-left
  inner-padding inner-padding-top inner-padding-right inner-padding-bottom inner-padding-left inner-background-color
  inner-border inner-border-top inner-border-right inner-border-bottom inner-border-left inner-border-radius
  container-background-color text-align text-decoration text-transform text-padding vertical-align letter-spacing
  direction full-width fluid-on-mobile max-height css-class mj-class name target rel srcset sizes usemap role mode
  position table-layout cellpadding cellspacing icon-size icon-width icon-height icon-padding icon-position icon-align
  icon-wrapped-url icon-wrapped-alt icon-unwrapped-url icon-unwrapped-alt left-icon right-icon thumbnails thumbnails-src
  tb-border tb-border-radius tb-hover-border-color tb-selected-border-color tb-width base-url hamburger ico-align
  ico-open ico-close ico-color ico-font-size ico-font-family ico-text-transform ico-text-decoration ico-line-height
  ico-padding ico-padding-top ico-padding-right ico-padding-bottom ico-padding-left
`
  .trim()
  .split(/\s+/);
