import { createTransport } from 'nodemailer';
import { htmlOf, subjectOf, textOf } from '../smtp/mails.js';

/**
 * `node smtp-pool.js [server] [mails] [connections]`: a bare Nodemailer pool, whose own queue keeps its connections busy; a process of
 * its own and a new one each run, as ours is, so that neither comes warm.
 */
const [url = '', mails = '0', connections = '1'] = process.argv.slice(2);
const { hostname: host, port } = new URL(url);
const pool = createTransport({
  pool: true,
  host,
  port: Number(port),
  secure: false,
  maxConnections: Number(connections),
});
const numbers = Array.from({ length: Number(mails) }, (_, place) => place + 1).values();

async function loop(): Promise<void> {
  for (const number of numbers) {
    await pool.sendMail({
      from: { name: 'فروشگاه', address: 'news@shop.example' },
      to: `q-${String(number)}@shop.example`,
      messageId: `<${String(number)}@shop.example>`,
      subject: subjectOf(number),
      text: textOf(number),
      html: htmlOf(number),
    });
  }
}

await Promise.all(Array.from({ length: Number(connections) }, loop));
pool.close();
