/** Every provider that messages can leave by: a folder each, and a line here. */
export { kavenegar } from './kavenegar/provider.js';
export { smtp } from './smtp/provider.js';
export { telegram } from './telegram/provider.js';
export { bale } from './bale/provider.js';
export { safir } from './safir/provider.js';
export { webhook } from './webhook/provider.js';
