import { expect, test } from 'vitest';
import listed from './component-styles.ts?raw';

const sources = import.meta.glob<string>('../**/*.{ts,tsx}', { query: '?raw', import: 'default', eager: true });
const styles = import.meta.glob('../../../../node_modules/@mantine/core/styles/*.layer.css', { query: '?raw' });

test('every Mantine component that is used has its styles', () => {
  const imports = Object.values(sources).flatMap((source) =>
    [...source.matchAll(/import \{([^}]*)\} from '@mantine\/core'/g)].map(([, names = '']) => names),
  );
  const used = new Set(imports.flatMap((names) => names.split(',')).map((name) => name.trim()));
  const styled = Object.keys(styles).map((path) => path.replace(/^.*\/(.+)\.layer\.css$/, '$1'));
  expect(styled.length).toBeGreaterThan(50);
  const missing = styled.filter((name) => used.has(name) && !listed.includes(`/${name}.layer.css`));
  expect(missing).toEqual([]);
});
