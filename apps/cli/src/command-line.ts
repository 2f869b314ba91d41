import { parseArgs } from 'node:util';
import { type ChainCommand, readChainCommand } from './chain/read-chain-command.js';
import { cliErrors } from './errors.js';
import { dataCommands, type DataCommand, readDataCommand } from './data/read-data-command.js';
import { type PluginCommand, readPluginCommand } from './plugin/read-plugin-command.js';

export const protocols = ['mqtt', 'http', 'coap', 'kaa'] as const;
export type Protocol = (typeof protocols)[number];

/** What the person typed, checked. */
export type Command =
  | { readonly name: 'help' }
  | { readonly name: 'version' }
  | ChainCommand
  | DataCommand
  | PluginCommand
  | {
      readonly name: 'send';
      readonly protocol: Protocol;
      readonly host: string;
      readonly port: number;
      readonly token: string;
      readonly payload: string;
      readonly mqttVersion: 4 | 5;
      readonly appVersion: string;
    };

const defaultPorts = { mqtt: 1883, kaa: 1883, http: 8080, coap: 5683 } as const;

export const usage = `fieldline — telemetry from devices through rule chains

  fieldline start [--demo]              starts the server
  fieldline reset-password <email>      sets a new random password and prints it
  fieldline send <protocol> --token T [options] '{"temperature":21.5}'
                                        sends one reading; protocol: mqtt, http, coap, kaa
      --token T      access token of the device (kaa: endpoint token)
      --host H       machine of the server (localhost)
      --port P       port of the protocol (mqtt and kaa 1883, http 8080, coap 5683)
      --mqtt5        MQTT 5 instead of 3.1.1
      --app NAME     kaa: application version (default)
  fieldline chain export <name or id> --key K [--file chain.yaml]
                                        writes a rule chain as YAML for version control
  fieldline chain import <chain.yaml> --key K
                                        saves it in place of the chain it came from, or as a new one
      --key K        API key of a tenant administrator; or in FIELDLINE_API_KEY
      --url U        address of the server (http://localhost:8080)
  fieldline plugin add <folder or .tgz> | list | remove <name>
                                        plugins of others: new rule nodes, from the next start of the server on
      --dir D        folder of plugins (FIELDLINE_PLUGINS_DIR, else plugins in the data folder)
  fieldline backup <new folder>         copies all data, while the server runs or not
  fieldline restore <backup folder>     puts a backup in place of the data; the server must be stopped
  fieldline check                       verifies all data, while the server runs or not
  fieldline sql "<query>" [--format table|csv|ndjson]
                                        asks the data; nothing can be changed by it
  fieldline export [--format csv|ndjson] [--entity E] [--key K]... [--from T] [--to T] [--file F]
                                        writes points: of an entity by name or id, of some keys, of a time
                                        (2026-11-22T10:00:00Z, or milliseconds since 1970; --to is not part of it)
      --data D       backup, restore, check, sql, export: data folder (FIELDLINE_DATA_DIR, else data)
  fieldline help | version

Exit code: 0 done, 1 failed, 2 not understood.
`;

/**
 * Understands the arguments behind `fieldline`.
 *
 * @throws CLI_USAGE, CLI_PAYLOAD_NOT_JSON
 */
export function readCommand(args: readonly string[], environment: Readonly<Record<string, string | undefined>> = {}): Command {
  const [name, ...rest] = args;
  if (name === undefined || name === 'help' || name === '--help' || name === '-h' || rest.includes('--help')) return { name: 'help' };
  if (name === 'version' || name === '--version') return { name: 'version' };
  if (name === 'send') return readSend(rest);
  if (name === 'chain') return readChainCommand(rest, environment);
  if (name === 'plugin') return readPluginCommand(rest, environment);
  const dataCommand = dataCommands.find((candidate) => candidate === name);
  if (dataCommand !== undefined) return readDataCommand(dataCommand, rest, environment);
  throw cliErrors.USAGE({ fault: `There is no command "${name}"` });
}

function readSend(args: readonly string[]): Command {
  const { values, positionals } = parsed(args);
  const [protocolName, payload, ...surplus] = positionals;
  const protocol = protocols.find((candidate) => candidate === protocolName);
  if (protocol === undefined) throw cliErrors.USAGE({ fault: `Say one of ${protocols.join(', ')} after send` });
  if (values.token === undefined || values.token === '') throw cliErrors.USAGE({ fault: 'Give the access token of the device with --token' });
  if (payload === undefined) throw cliErrors.USAGE({ fault: 'Give the reading as the last argument, such as \'{"temperature":21.5}\'' });
  if (surplus.length > 0) throw cliErrors.USAGE({ fault: `One reading at a time: "${surplus.join(' ')}" is too much, or quotes are missing` });
  if (protocol !== 'mqtt' && values.mqtt5) throw cliErrors.USAGE({ fault: `--mqtt5 goes with mqtt, not with ${protocol}` });
  if (protocol !== 'kaa' && values.app !== undefined) throw cliErrors.USAGE({ fault: `--app goes with kaa, not with ${protocol}` });
  assertJson(payload);
  const port = values.port === undefined ? defaultPorts[protocol] : portNumber(values.port);
  const { host, token, mqtt5, app } = values;
  return { name: 'send', protocol, host, port, token, payload, mqttVersion: mqtt5 ? 5 : 4, appVersion: app ?? 'default' };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        token: { type: 'string' },
        host: { type: 'string', default: 'localhost' },
        port: { type: 'string' },
        app: { type: 'string' },
        mqtt5: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    const sentence = error instanceof Error ? error.message.split('. ')[0] : undefined;
    throw cliErrors.USAGE({ fault: sentence ?? String(error) }, { cause: error });
  }
}

function portNumber(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw cliErrors.USAGE({ fault: `"${text}" is no port; ports go from 1 to 65535` });
  return port;
}

function assertJson(payload: string): void {
  try {
    JSON.parse(payload);
  } catch (error) {
    throw cliErrors.PAYLOAD_NOT_JSON({ payload }, { cause: error });
  }
}
