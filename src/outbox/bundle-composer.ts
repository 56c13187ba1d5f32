import type { Content } from '../domain/message/message.js';
import { isJsonObject } from '../domain/json.js';
import { loadTemplates, type CheckedTemplates } from '../domain/message/templates.js';
import type { Connection } from '../store/connection.js';
import { readBundle } from '../store/engine/read-bundle.sql.js';
import type { Claimed } from './claimed.js';
import { FilesUnavailableError, type Composer } from './ports.js';
import { linksOf, readEmail } from './stored-email.js';

/** How many sets of files are kept compiled: the newest, and one that is going out. */
const KEPT = 4;

/** Renders an e-mail when it leaves, from the very template that it was tried with when it was decided. */
export class BundleComposer implements Composer {
  private readonly bundles = new Map<number, Promise<CheckedTemplates>>();

  constructor(private readonly db: Connection) {}

  async compose({ bundle, template, channel, content }: Claimed): Promise<Content> {
    const { context, now, zone, calendar, links, unsubscribe } = readEmail(content);
    const templates = await this.templatesOf(bundle);
    const scope = { now, clock: { zone, calendar } };
    const rendered = templates.render(template, channel, () => context, scope, linksOf(links));
    return rendered.channel === 'email' && unsubscribe !== undefined ? { ...rendered, unsubscribe } : rendered;
  }

  private templatesOf(bundle: number): Promise<CheckedTemplates> {
    let templates = this.bundles.get(bundle);
    if (templates === undefined) {
      templates = this.load(bundle);
      // What could not be read is tried again for the next message.
      templates.catch(() => this.bundles.delete(bundle));
      this.bundles.set(bundle, templates);
      const [oldest] = this.bundles.keys();
      if (this.bundles.size > KEPT && oldest !== undefined) this.bundles.delete(oldest);
    }
    return templates;
  }

  private async load(bundle: number): Promise<CheckedTemplates> {
    const files = await this.read(bundle);
    return loadTemplates(new Map(Object.entries(files))).templates;
  }

  private async read(bundle: number): Promise<Readonly<Record<string, string>>> {
    const which = `the files of bundle ${String(bundle)}`;
    const [row] = await this.db.run(readBundle, [bundle]).catch((cause: unknown) => {
      throw new FilesUnavailableError(`${which} cannot be read: ${String(cause)}`, { cause });
    });
    if (row === undefined) throw new FilesUnavailableError(`${which} are gone: its row has to be put back into bundle`);
    if (!isJsonObject(row.files))
      throw new FilesUnavailableError(`${which} do not parse: they have to be a JSON object`);
    return row.files;
  }
}
