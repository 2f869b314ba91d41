/** What the endpoint has done since it started; all but `connectionsOpen` and `sessionsOpen` only grow. */
export interface MqttStats {
  connectionsOpen: number;
  sessionsOpen: number;
  connectionsAccepted: number;
  /** Sockets closed at once because too many were open. */
  connectionsRefused: number;
  /** CONNECT packets answered with a refusal. */
  authenticationsRefused: number;
  /** PUBLISH packets read, whatever became of them. */
  publishesReceived: number;
  /** Packets whose effects are stored. */
  uplinksStored: number;
  /** Packets the gateway refused one by one: unreadable payload, failed limit. */
  uplinksRefused: number;
  /** Packets of batches that could not be stored and were not acknowledged. */
  uplinksUnanswered: number;
  unknownTopics: number;
  /** Connections closed because of bytes that are no valid MQTT. */
  malformedPackets: number;
  /** Connections closed for silence: no CONNECT, no keep-alive, no activity. */
  silentClosed: number;
  sessionsTakenOver: number;
  /** Times a connection was not read for a while: it had too much unanswered, or the gateway was full. */
  pauses: number;
  /** 1/KP answers that were larger than the client accepts. */
  repliesDropped: number;
}

/** All at zero. */
export function newStats(): MqttStats {
  return {
    connectionsOpen: 0,
    sessionsOpen: 0,
    connectionsAccepted: 0,
    connectionsRefused: 0,
    authenticationsRefused: 0,
    publishesReceived: 0,
    uplinksStored: 0,
    uplinksRefused: 0,
    uplinksUnanswered: 0,
    unknownTopics: 0,
    malformedPackets: 0,
    silentClosed: 0,
    sessionsTakenOver: 0,
    pauses: 0,
    repliesDropped: 0,
  };
}
