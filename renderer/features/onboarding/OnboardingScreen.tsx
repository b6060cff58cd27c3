import { useText } from '../../lib/text.ts';
import { ScreenFrame } from '../../ui/ScreenFrame.tsx';

export function OnboardingScreen() {
  const t = useText();
  return <ScreenFrame title={t('shell.screen.today')} />;
}
