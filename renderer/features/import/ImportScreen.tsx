import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useNavigation, type ScreenParams } from '../../lib/navigation.ts';
import { useText } from '../../lib/text.ts';
import { ScreenFrame } from '../../ui/ScreenFrame.tsx';
import { ExportPanel } from './ExportPanel.tsx';
import { ImportActions } from './ImportActions.tsx';
import { ImportPanel } from './ImportPanel.tsx';
import { useImport } from './use-import.ts';

type Tab = 'import' | 'export';

/** Files in and out. Opened with `tab: 'export'` and optionally `viewId` to save a view. */
export function ImportScreen() {
  const t = useText();
  const params = useNavigation((state) => state.params);
  // A choice on the screen counts until the screen is opened anew.
  const [chosen, setChosen] = useState<{ readonly params: ScreenParams; readonly tab: Tab } | null>(null);
  const tab = chosen?.params === params ? chosen.tab : params['tab'] === 'export' ? 'export' : 'import';
  const control = useImport();
  return (
    <ScreenFrame
      title={t('import.title')}
      tabs={
        <SegmentedControl
          aria-label={t('import.title')}
          value={tab}
          onChange={(value) => setChosen({ params, tab: value })}
          data={[
            { value: 'import', label: t('import.tab.import') },
            { value: 'export', label: t('import.tab.export') },
          ]}
        />
      }
      actions={tab === 'import' ? <ImportActions control={control} /> : undefined}
    >
      {tab === 'import' ? (
        <ImportPanel control={control} />
      ) : (
        <ExportPanel key={params['viewId'] ?? ''} viewId={params['viewId']} viewRows={params['rows']} />
      )}
    </ScreenFrame>
  );
}
