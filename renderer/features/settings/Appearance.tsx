import { SegmentedControl, Select, Switch } from '@mantine/core';
import { DENSITIES, LOCALES, THEMES } from '#shared/contract/bridge.ts';
import { useSettings } from '../../lib/settings.ts';
import { useText } from '../../lib/text.ts';
import { Row, Section } from './Section.tsx';

const ZOOMS = [0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5] as const;
/** A language is named in itself, so that it is found by those who read no other. */
const LANGUAGES = { en: 'English', de: 'Deutsch' } as const;

export function Appearance() {
  const t = useText();
  const { settings, change } = useSettings();
  return (
    <Section title={t('settings.appearance')}>
      <Row label={t('settings.theme')} hint={t('settings.theme.hint')}>
        <SegmentedControl
          aria-label={t('settings.theme')}
          data={THEMES.map((value) => ({ value, label: t(`settings.theme.${value}`) }))}
          value={settings.theme}
          onChange={(theme) => change({ theme })}
        />
      </Row>
      <Row label={t('settings.density')} hint={t('settings.density.hint')}>
        <SegmentedControl
          aria-label={t('settings.density')}
          data={DENSITIES.map((value) => ({ value, label: t(`settings.density.${value}`) }))}
          value={settings.density}
          onChange={(density) => change({ density })}
        />
      </Row>
      <Row label={t('settings.language')}>
        <Select
          aria-label={t('settings.language')}
          data={[
            { value: 'system', label: t('settings.language.system') },
            ...LOCALES.map((value) => ({ value, label: LANGUAGES[value] })),
          ]}
          value={settings.locale}
          onChange={(locale) => locale !== null && change({ locale })}
        />
      </Row>
      <Row label={t('settings.zoom')} hint={t('settings.zoom.hint')}>
        <Select
          aria-label={t('settings.zoom')}
          data={[...new Set([...ZOOMS, settings.zoom])]
            .sort((a, b) => a - b)
            .map((zoom) => ({ value: String(zoom), label: t('shell.percent', { part: zoom }) }))}
          value={String(settings.zoom)}
          onChange={(zoom) => zoom !== null && change({ zoom: Number(zoom) })}
        />
      </Row>
      <Row label={t('settings.sound')} hint={t('settings.sound.hint')}>
        <Switch
          aria-label={t('settings.sound')}
          checked={settings.sound}
          onChange={(event) => change({ sound: event.currentTarget.checked })}
        />
      </Row>
    </Section>
  );
}
