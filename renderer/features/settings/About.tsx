import { Button, Switch } from '@mantine/core';
import { bridge } from '../../lib/bridge.ts';
import { useSettings } from '../../lib/settings.ts';
import { useText } from '../../lib/text.ts';
import { notifyError } from '../../ui/notify.tsx';
import { Row, Section } from './Section.tsx';

export function About() {
  const t = useText();
  const { info, settings, change } = useSettings();
  return (
    <Section title={t('settings.about')}>
      <Row
        label={t('settings.version', { version: info.version })}
        hint={
          info.developmentRuntime
            ? t('shell.runtime.meaning', { version: info.electron })
            : t('settings.electron', { version: info.electron })
        }
      >
        <Button
          variant="default"
          onClick={() => {
            bridge().openOutside('logs').catch(notifyError);
          }}
        >
          {t('settings.logs')}
        </Button>
      </Row>
      <Row label={t('settings.updates')} hint={t('settings.updates.hint')}>
        <Switch
          aria-label={t('settings.updates')}
          checked={settings.updates === 'ask'}
          onChange={(event) => change({ updates: event.currentTarget.checked ? 'ask' : 'off' })}
        />
      </Row>
    </Section>
  );
}
