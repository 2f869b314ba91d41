import { type CSSVariablesResolver, type MantineColorsTuple, createTheme } from '@mantine/core';

const accent: MantineColorsTuple = ['#eef2ff', '#dfe6fe', '#c0cdfd', '#9db3ff', '#7a94fa', '#5f7df4', '#4665e6', '#3455d1', '#2a47b5', '#213a96'];

/** Cool greys, so that Mantine's own surfaces match the tokens. */
const dark: MantineColorsTuple = ['#e9edf3', '#c3cad5', '#98a2b1', '#6b7585', '#343c47', '#262c35', '#20262e', '#181c22', '#12151a', '#0c0f12'];
const gray: MantineColorsTuple = ['#f7f8fa', '#eef0f4', '#e4e8ee', '#dde1e8', '#c9cfd9', '#a7b0bd', '#8b94a3', '#5c6675', '#414a58', '#171b22'];

/** Dark enough for white text on its filled shades (WCAG AA). */
const red: MantineColorsTuple = ['#fdeaea', '#fad3d3', '#f5aaaa', '#ff8080', '#ec5f5f', '#dc4545', '#cf3636', '#c22b2b', '#a52222', '#861a1a'];

/** Sizes, shapes and component defaults of the whole app; the colours are in tokens.css. */
export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: { light: 7, dark: 6 },
  colors: { accent, dark, gray, red },
  fontFamily: 'var(--fl-font)',
  fontFamilyMonospace: 'var(--fl-mono)',
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  headings: {
    fontFamily: 'var(--fl-font)',
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '20px', lineHeight: '28px' },
      h2: { fontSize: '16px', lineHeight: '24px' },
      h3: { fontSize: '14px', lineHeight: '20px' },
    },
  },
  defaultRadius: 'sm',
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '12px', xl: '16px' },
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'sm' } },
    Modal: { defaultProps: { centered: true, overlayProps: { backgroundOpacity: 0.45 }, closeButtonProps: { 'aria-label': 'Close the dialog' } } },
    // It is a header element, which would be a second banner of the page.
    ModalHeader: { defaultProps: { role: 'presentation' } },
    Drawer: { defaultProps: { overlayProps: { backgroundOpacity: 0.3 }, closeButtonProps: { 'aria-label': 'Close' } } },
    DrawerHeader: { defaultProps: { role: 'presentation' } },
    Alert: { defaultProps: { closeButtonLabel: 'Dismiss' } },
    Notification: { defaultProps: { closeButtonProps: { 'aria-label': 'Dismiss' } } },
    Tooltip: { defaultProps: { openDelay: 350, withArrow: true, events: { hover: true, focus: true, touch: false } } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray' } },
    // Without the placeholder a menu holds nothing but its entries, and the first of them gets the focus.
    Menu: { defaultProps: { shadow: 'md', position: 'bottom-end', withInitialFocusPlaceholder: false } },
  },
});

/** Lets every Mantine component take the tokens, so that both schemes change in one place. */
export const themeVariables: CSSVariablesResolver = () => {
  const fromTokens = {
    '--mantine-color-body': 'var(--fl-surface)',
    '--mantine-color-text': 'var(--fl-text)',
    '--mantine-color-dimmed': 'var(--fl-text-dim)',
    '--mantine-color-placeholder': 'var(--fl-text-dim)',
    '--mantine-color-default': 'var(--fl-surface)',
    '--mantine-color-default-hover': 'var(--fl-surface-hover)',
    '--mantine-color-default-color': 'var(--fl-text)',
    '--mantine-color-default-border': 'var(--fl-border)',
    '--mantine-color-anchor': 'var(--fl-accent-text)',
    '--mantine-color-error': 'var(--fl-error)',
  };
  return { variables: {}, light: fromTokens, dark: fromTokens };
};
