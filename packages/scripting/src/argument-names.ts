import type { ScriptKind } from '@fieldline/ports';

/** What a script of a kind calls the message, its metadata and its type: a generator gets those it made before. */
export const argumentNames = (kind: ScriptKind): ArgumentNames => (kind === 'generate' ? ofPrevious : ofMessage);

export type ArgumentNames = readonly [message: string, metadata: string, type: string];

const ofMessage: ArgumentNames = ['msg', 'metadata', 'msgType'];
const ofPrevious: ArgumentNames = ['prevMsg', 'prevMetadata', 'prevMsgType'];
