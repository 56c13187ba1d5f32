/** Starts the embedded server on a data folder, says how, and holds it until its input ends: a process to be killed. */
import { startEmbeddedPostgres } from '../../../src/store/embedded/embedded-postgres.js';

const [dataDir = ''] = process.argv.slice(2);
const server = await startEmbeddedPostgres({ dataDir });
process.stdout.write(`${JSON.stringify(server)}\n`);
process.stdin.resume().once('end', () => void server.stop());
