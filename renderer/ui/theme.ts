import {
  createTheme,
  defaultVariantColorsResolver,
  type CSSVariablesResolver,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from '@mantine/core';

/** One ramp around the accent; what is shown comes from the tokens, Mantine only wants ten shades. */
const accent: MantineColorsTuple = [
  '#e8f0fe',
  '#cfdffc',
  '#a3c3f8',
  '#7aafff',
  '#5a9bff',
  '#3a80f0',
  '#1860d2',
  '#1654b8',
  '#114393',
  '#0b2f6b',
];

/** Mantine's dark greys in the hue of ours. */
const dark: MantineColorsTuple = [
  '#e3e6ea',
  '#c3cad4',
  '#9aa4b2',
  '#6b7482',
  '#434a56',
  '#353b46',
  '#22262e',
  '#16181d',
  '#111317',
  '#0b0c0f',
];

const small = { defaultProps: { size: 'xs' } };

/** On the accent stands the colour that is readable there in each theme; Mantine would take white in both. */
const variantColors: VariantColorsResolver = (input) => {
  const colors = defaultVariantColorsResolver(input);
  const accented = input.color === undefined || input.color === 'accent';
  return input.variant === 'filled' && accented ? { ...colors, color: 'var(--qs-on-accent)' } : colors;
};

/** The component library in our type size, density and colours. */
export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: { light: 6, dark: 4 },
  colors: { accent, dark },
  autoContrast: true,
  variantColorResolver: variantColors,
  fontFamily: 'var(--qs-font)',
  fontFamilyMonospace: 'var(--qs-font-mono)',
  fontSizes: { xs: '13px', sm: '13px', md: '13px', lg: '15px', xl: '18px' },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.45', lg: '1.45', xl: '1.4' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { xs: '3px', sm: '4px', md: '6px', lg: '8px', xl: '12px' },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '16px', lineHeight: '1.4' },
      h2: { fontSize: '14px', lineHeight: '1.4' },
      h3: { fontSize: '13px', lineHeight: '1.4' },
    },
  },
  components: {
    Button: small,
    TextInput: small,
    PasswordInput: small,
    NumberInput: small,
    Select: { defaultProps: { size: 'xs', allowDeselect: false } },
    MultiSelect: small,
    Autocomplete: small,
    Textarea: small,
    Checkbox: small,
    Radio: small,
    Switch: small,
    SegmentedControl: small,
    Badge: { defaultProps: { size: 'sm', radius: 'sm' } },
    ActionIcon: { defaultProps: { size: 'md', variant: 'subtle', color: 'gray' } },
    Tooltip: { defaultProps: { openDelay: 500, withArrow: false, transitionProps: { duration: 0 } } },
    Menu: { defaultProps: { transitionProps: { duration: 0 }, shadow: 'md' } },
    Popover: { defaultProps: { transitionProps: { duration: 0 }, shadow: 'md' } },
    Modal: {
      defaultProps: {
        centered: true,
        transitionProps: { duration: 0 },
        overlayProps: { blur: 0, backgroundOpacity: 0.3 },
        padding: 'lg',
        radius: 'md',
      },
      styles: { title: { fontSize: '15px', fontWeight: 600 } },
    },
    Table: { defaultProps: { verticalSpacing: 6, horizontalSpacing: 12 } },
  },
});

const surface = {
  '--mantine-color-body': 'var(--qs-surface)',
  '--mantine-color-text': 'var(--qs-text)',
  '--mantine-color-dimmed': 'var(--qs-muted)',
  '--mantine-color-placeholder': 'var(--qs-muted)',
  '--mantine-color-default': 'var(--qs-surface-raised)',
  '--mantine-color-default-hover': 'var(--qs-surface-hover)',
  '--mantine-color-default-color': 'var(--qs-text)',
  '--mantine-color-default-border': 'var(--qs-line-strong)',
  '--mantine-color-error': 'var(--qs-state-rejected)',
  '--mantine-color-anchor': 'var(--qs-accent)',
  '--mantine-primary-color-filled': 'var(--qs-accent)',
  '--mantine-primary-color-filled-hover': 'var(--qs-accent-hover)',
  '--mantine-primary-color-contrast': 'var(--qs-on-accent)',
  '--mantine-primary-color-light': 'var(--qs-accent-fill)',
  '--mantine-primary-color-light-color': 'var(--qs-accent)',
  '--mantine-color-accent-filled': 'var(--qs-accent)',
  '--mantine-color-accent-filled-hover': 'var(--qs-accent-hover)',
  '--mantine-color-accent-light': 'var(--qs-accent-fill)',
  '--mantine-color-accent-light-hover': 'var(--qs-surface-selected)',
  '--mantine-color-accent-light-color': 'var(--qs-accent)',
  '--mantine-color-accent-outline': 'var(--qs-accent)',
  '--mantine-color-accent-text': 'var(--qs-accent)',
  '--mantine-color-gray-subtle-color': 'var(--qs-text-head)',
  '--mantine-color-red-filled': 'var(--qs-state-rejected)',
  '--mantine-color-red-light': 'var(--qs-state-rejected-fill)',
  '--mantine-color-red-light-color': 'var(--qs-state-rejected)',
  '--mantine-color-red-text': 'var(--qs-state-rejected)',
  '--mantine-color-red-outline': 'var(--qs-state-rejected)',
};

/** Mantine's own colours, pointed at ours: high contrast and dark follow without another theme. */
export const cssVariables: CSSVariablesResolver = () => ({ variables: {}, light: surface, dark: surface });
