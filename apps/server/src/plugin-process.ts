// Entry of the process of a third-party plugin. It may read this one file and the plugin, so it is bundled with all it needs.
import { runPlugin } from '@fieldline/plugin-process/host';

await runPlugin(new URL(import.meta.url));
