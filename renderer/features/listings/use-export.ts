import { useCallback, useState } from 'react';
import { bridge } from '../../lib/bridge.ts';
import { useEngine } from '../../lib/engine.tsx';
import { useText } from '../../lib/text.ts';
import { notifyDone, notifyError } from '../../ui/notify.tsx';

/** Writes the rows of the open view, in its order, to a CSV file that a spreadsheet opens. */
export function useExport(viewId: string): {
  readonly exportView: () => void;
  readonly exporting: boolean;
} {
  const t = useText();
  const engine = useEngine();
  const [exporting, setExporting] = useState(false);
  const exportView = useCallback(() => {
    const run = async (): Promise<void> => {
      const file = await bridge().saveFile('csv', `${t('listings.export.name')}.csv`);
      if (file === null) return;
      setExporting(true);
      const { rows } = await engine.call('export.run', { file, format: 'generic', viewId });
      notifyDone(t('listings.export.done', { rows, file }));
    };
    run()
      .catch(notifyError)
      .finally(() => setExporting(false));
  }, [engine, t, viewId]);
  return { exportView, exporting };
}
