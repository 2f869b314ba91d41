import { Packer, type PackerOptions } from './packer.js';
import type { PackerLink } from './packer-link.js';

/** A packer in this very thread, for tests and tools: it holds up everything else while it works. */
export function inProcessPacker(options: PackerOptions): PackerLink {
  return new Packer(options);
}
