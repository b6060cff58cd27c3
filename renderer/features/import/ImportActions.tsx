import { Button } from '@mantine/core';
import { useMemo } from 'react';
import { useOffer, type Action } from '../../lib/actions.ts';
import { bridge } from '../../lib/bridge.ts';
import { useText } from '../../lib/text.ts';
import { notifyError } from '../../ui/notify.tsx';
import { writesAnything } from './import-flow.ts';
import type { ImportControl } from './use-import.ts';

export async function pickImportFile(choose: (file: string) => void): Promise<void> {
  try {
    const file = await bridge().pickFile('table');
    if (file !== null) choose(file);
  } catch (error) {
    notifyError(error);
  }
}

/** Buttons in the head of the screen: another file, and the import itself with its count. */
export function ImportActions({ control }: { readonly control: ImportControl }) {
  const t = useText();
  const { flow, choose, apply, restart } = control;
  const busy = flow.step === 'applying';
  const canApply = flow.step === 'ready' && writesAnything(flow.plan);
  const actions = useMemo(
    (): readonly Action[] => [
      {
        id: 'import.choose',
        label: t('import.choose'),
        group: t('import.title'),
        shortcut: 'mod+O',
        keywords: 'csv xlsx excel json tsv woocommerce shopify etsy amazon',
        disabled: busy,
        run: () => void pickImportFile(choose),
      },
      {
        id: 'import.apply',
        label: t('import.applyAction'),
        group: t('import.title'),
        shortcut: 'mod+Enter',
        disabled: !canApply,
        run: apply,
      },
    ],
    [t, busy, canApply, choose, apply],
  );
  useOffer('import', actions);
  if (flow.step === 'choose' || busy) return null;
  const another = (
    <Button variant="default" onClick={() => void pickImportFile(choose)}>
      {t('import.another')}
    </Button>
  );
  if (flow.step === 'done') {
    return (
      <>
        {another}
        <Button onClick={restart}>{t('import.finish')}</Button>
      </>
    );
  }
  const plan = flow.step === 'ready' ? flow.plan : null;
  return (
    <>
      {another}
      <Button disabled={!canApply} onClick={apply}>
        {plan === null
          ? t('import.applyAction')
          : t('import.apply', { count: plan.create + plan.change, create: plan.create, change: plan.change })}
      </Button>
    </>
  );
}
