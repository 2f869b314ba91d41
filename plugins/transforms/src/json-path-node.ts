import { compactJson, defineRuleNode, route, z, type Message } from '@fieldline/plugin-sdk';
import { transformErrors } from './errors.js';
import { parsePath } from './json-path/parse-path.js';
import type { Path } from './json-path/path.js';
import { Body, readPath } from './json-path/read-path.js';
import { PATH_LENGTH_MAX } from './limits.js';

const config = z.strictObject({
  jsonPath: z
    .string()
    .min(1)
    .max(PATH_LENGTH_MAX)
    .describe('JSON path, for example $.values[?(@.temperature > 20)].name. "$" passes the message as it is.')
    .meta({ title: 'JSON path' }),
});
type Settings = z.infer<typeof config>;

/** Makes what a JSON path finds in the body the body of the message. */
export const jsonPathNode = defineRuleNode({
  type: 'transform.json-path',
  version: 0,
  category: 'transformation',
  title: 'JSON path',
  summary: 'Keeps the part of the message that a JSON path finds.',
  docs: [
    '| expression | finds |',
    '|---|---|',
    "| `$.a.b`, `$['a b']` | a value by its keys |",
    "| `$['a','b']` | an object of these two |",
    '| `$.list[0]`, `$.list[-1]`, `$.list[0,2]` | elements by their place, negative ones from the end |',
    '| `$.list[1:3]`, `[:2]`, `[-2:]` | a part of a list; a step behind a second colon is passed over |',
    '| `$.a.*`, `$.list[*]` | all values in it |',
    '| `$..a` | every `a`, however deep |',
    '| `$.list[?(@.x > 1 && @.name =~ /ab.*/i)]` | elements for which the condition holds |',
    '| `$.list.max()` | `min`, `max`, `avg`, `sum`, `stddev` of a list of numbers, `length` of a list, `keys` of an object |',
    '',
    'Conditions know `==`, `!=`, `<`, `<=`, `>`, `>=`, `=~`, `in`, `nin`, `contains`, `size`, `empty`, `subsetof`, `anyof`, `noneof`, `&&`, `||`, `!`',
    'and parentheses; `@.x` alone asks whether there is one. Patterns know no look-around and no back references.',
    '',
    'A path that may find several values (`..`, `*`, parts, lists and conditions) makes a list, perhaps an empty one. Any other path that finds',
    'nothing fails. Numbers stay as they were written; functions make decimals, such as `42.0`.',
  ].join('\n'),
  icon: 'braces',
  examples: [
    {
      title: 'the names of what is warm',
      config: { jsonPath: '$.rooms[?(@.temperature > 20)].name' },
      message: {
        type: 'POST_TELEMETRY_REQUEST',
        data: {
          rooms: [
            { name: 'hall', temperature: 21.5 },
            { name: 'cellar', temperature: 9 },
          ],
        },
      },
      to: 'Success',
      result: { data: ['hall'] },
    },
    {
      title: 'a single value that is not there fails',
      config: { jsonPath: '$.rooms.hall' },
      message: { type: 'POST_TELEMETRY_REQUEST', data: { temperature: 21.5 } },
      to: 'Failure',
    },
  ],
  thingsboard: { className: 'org.thingsboard.rule.engine.transform.TbJsonPathNode', configurationVersion: 0 },
  relationTypes: ['Success'],
  config,
  defaults: { jsonPath: '$' },
  onStart: ({ config: settings }) => void pathOf(settings),
  onMessage(message, { config: settings }) {
    if (settings.jsonPath === '$') return route('Success', message);
    return route('Success', message.with({ text: foundIn(message, settings) }));
  },
});

function foundIn(message: Message, settings: Settings): string {
  const path = pathOf(settings);
  // Reading `data` is what checks the text; the search expects valid JSON.
  void message.data;
  const found = readPath(new Body(compactJson(message.text)), path);
  const [only] = found ?? [];
  if (found === undefined || (path.isDefinite && only === undefined)) throw transformErrors.PATH_NOT_FOUND({ path: settings.jsonPath });
  return isList(path) ? `[${found.join(',')}]` : (only ?? 'null');
}

/** Behind `..` a function makes one value of all that was found. */
const isList = ({ isDefinite, result, steps }: Path): boolean => !isDefinite && !(result !== undefined && steps.some(({ kind }) => kind === 'deep'));

const ready = new WeakMap<Settings, Path>();

/** The path of the settings; read once. @throws TRANSFORM_PATH_INVALID */
function pathOf(settings: Settings): Path {
  const known = ready.get(settings);
  if (known !== undefined) return known;
  const path = parsePath(settings.jsonPath);
  ready.set(settings, path);
  return path;
}
