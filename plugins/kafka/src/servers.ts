import { kafkaErrors } from './errors.js';
import { BOOTSTRAP_SERVERS_MAX } from './limits.js';

const PORT = 9_092;

/** Host and port of each server in a list such as `a:9092,[::1]:9093`. @throws KAFKA_SERVERS_INVALID */
export function serversOf(list: string): readonly { readonly host: string; readonly port: number }[] {
  const parts = list.split(',').map((part) => part.trim());
  const servers = parts.map((part) => {
    const [, inBrackets, plain, port = String(PORT)] = /^(?:\[([\da-f:.]+)\]|([^\s:/[\]]+))(?::(\d{1,5}))?$/i.exec(part) ?? [];
    return { host: inBrackets ?? plain ?? '', port: Number(port) };
  });
  const isValid = servers.every(({ host, port }) => host !== '' && port >= 1 && port <= 65_535);
  if (!isValid || servers.length > BOOTSTRAP_SERVERS_MAX) throw kafkaErrors.SERVERS_INVALID({ servers: list.slice(0, 200) });
  return servers;
}
