import { Button } from '@mantine/core';
import { IconBuildingStore, IconFileSpreadsheet, IconFlask } from '@tabler/icons-react';
import { useState, type ComponentType } from 'react';
import { bridge } from '../../lib/bridge.ts';
import { useNavigation } from '../../lib/navigation.ts';
import { useText } from '../../lib/text.ts';
import { notifyError } from '../../ui/notify.tsx';
import { ScreenFrame } from '../../ui/ScreenFrame.tsx';
import styles from './OnboardingScreen.module.css';

/** First run: three ways in, none of which asks for anything before it works. */
export function OnboardingScreen() {
  const t = useText();
  const go = useNavigation((navigation) => navigation.go);
  const [opening, setOpening] = useState(false);
  const openSample = (): void => {
    setOpening(true);
    bridge()
      .openWorkspace({ kind: 'sample' })
      .catch((error: unknown) => {
        setOpening(false);
        notifyError(error);
      });
  };
  return (
    <ScreenFrame title={t('onboarding.title')}>
      <div className={styles['page']}>
        <p className={styles['lead']}>{t('onboarding.lead')}</p>
        <div className={styles['ways']}>
          <Way icon={IconFlask} name="sample" primary loading={opening} onChoose={openSample} />
          <Way icon={IconBuildingStore} name="connect" onChoose={() => go('channels', { panel: 'add' })} />
          <Way icon={IconFileSpreadsheet} name="import" onChoose={() => go('import')} />
        </div>
        <p className="qs-muted">{t('onboarding.private')}</p>
      </div>
    </ScreenFrame>
  );
}

interface WayProps {
  readonly icon: ComponentType<{ size?: number | string; stroke?: number | string }>;
  readonly name: 'sample' | 'connect' | 'import';
  readonly primary?: boolean;
  readonly loading?: boolean;
  readonly onChoose: () => void;
}

function Way({ icon: Icon, name, primary = false, loading = false, onChoose }: WayProps) {
  const t = useText();
  return (
    <section className={styles['way']} aria-labelledby={`way-${name}`}>
      <span className={styles['icon']} aria-hidden="true">
        <Icon size={26} stroke={1.5} />
      </span>
      <h2 id={`way-${name}`} className={styles['name']}>
        {t(`onboarding.${name}`)}
      </h2>
      <p className={styles['text']}>{t(`onboarding.${name}.text`)}</p>
      <Button variant={primary ? 'filled' : 'default'} loading={loading} onClick={onChoose}>
        {t(`onboarding.${name}.action`)}
      </Button>
    </section>
  );
}
