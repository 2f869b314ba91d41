/** Types that may stand before a variable's name and in a cast. The variable takes any value all the same. */
export const typeWords: ReadonlySet<string> = new Set(
  'int long double float boolean byte short char String Integer Long Double Float Boolean Byte Short Character Object'.split(' '),
);

/** What scripts written for JavaScript try, and what to write in its place. */
export const missingFeatures: Readonly<Record<string, string>> = {
  let: 'write "var"',
  const: 'write "var"',
  typeof: 'write "x instanceof String", "isMap(x)" or "isList(x)"',
  delete: 'write "map.remove(\'key\')" or assign null',
  undefined: 'write "null"',
  try: 'check the values before you use them',
  throw: 'write "raiseError(\'text\')"',
  continue: 'put the rest of the loop into an "if"',
  import: 'only the classes that are there may be used',
  class: 'write a map and functions',
  async: 'scripts run to their end at once',
  await: 'scripts run to their end at once',
};

/** Words that are no variables. */
export const reservedWords: ReadonlySet<string> = new Set(
  (
    'var function def if else while until do for foreach switch case default return break new true false null nil instanceof is isdef contains ' +
    'soundslike strsim and or in'
  ).split(' '),
);
