import { useText } from '../../lib/text.ts';
import { ScreenFrame } from '../../ui/ScreenFrame.tsx';
import { About } from './About.tsx';
import { Appearance } from './Appearance.tsx';
import { Backups } from './Backups.tsx';
import { BuyersData } from './BuyersData.tsx';
import { IntegrityCheck } from './IntegrityCheck.tsx';
import styles from './SettingsScreen.module.css';
import { WorkspaceSettings } from './WorkspaceSettings.tsx';

/** Preferences of this person on this computer, and the care of the workspace. Everything applies at once. */
export function SettingsScreen() {
  const t = useText();
  return (
    <ScreenFrame title={t('shell.screen.settings')}>
      <div className={styles['page']}>
        <Appearance />
        <WorkspaceSettings />
        <Backups />
        <BuyersData />
        <IntegrityCheck />
        <About />
      </div>
    </ScreenFrame>
  );
}
