import { statement } from '../connection.js';

export const ping = statement<{ one: number }>('health-ping', 'select 1 as one');
