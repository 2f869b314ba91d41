import { isKaaTopic, parseKaaTopic, uploadKindOf, type KaaTopic, type UploadTopics, type UplinkKind } from '@fieldline/protocol';

/** Where a topic leads in one session. */
export class PublishRoute {
  /** Kind of upload; 0 where it is none. */
  readonly kind: UplinkKind | 0;
  /** The topic as text, of a 1/KP topic only. */
  readonly kaaTopic: string;
  /** The 1/KP topic taken apart; undefined where it is malformed, or no 1/KP topic. */
  readonly kaa: KaaTopic | undefined;

  constructor(kind: UplinkKind | 0, kaaTopic: string) {
    this.kind = kind;
    this.kaaTopic = kaaTopic;
    this.kaa = parseKaaTopic(kaaTopic);
  }

  get isKaa(): boolean {
    return this.kaaTopic !== '';
  }
}

/** The route of every topic that leads nowhere. */
export const unknownRoute = new PublishRoute(0, '');

/** The route of a topic. Only sessions of a device have uploads; `topics` are the custom ones of its profile. */
export function routeOf(
  topic: string,
  rules: { readonly isKaaEnabled: boolean; readonly hasDevice: boolean; readonly topics: UploadTopics },
): PublishRoute {
  if (rules.isKaaEnabled && isKaaTopic(topic)) return new PublishRoute(0, topic);
  const kind = rules.hasDevice ? uploadKindOf(topic, rules.topics) : undefined;
  return kind === undefined ? unknownRoute : new PublishRoute(kind, '');
}

/** Whether bytes from `start` to `end` are those of `topic`. */
export function isTopic(bytes: Uint8Array, start: number, end: number, topic: Uint8Array): boolean {
  if (end - start !== topic.length) return false;
  for (let i = 0, at = start; at < end; i += 1, at += 1) if (bytes[at] !== topic[i]) return false;
  return true;
}
