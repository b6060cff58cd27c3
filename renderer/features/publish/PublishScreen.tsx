import { useCallback, useState } from 'react';
import { useNavigation } from '../../lib/navigation.ts';
import { ChangesView } from './ChangesView.tsx';
import { PausedView } from './PausedView.tsx';
import { isView, PublishTabs, type View } from './PublishTabs.tsx';
import { ScheduledView } from './ScheduledView.tsx';

/** Opened anew by its parameters: `view`, and what is to be paused or scheduled. */
export function PublishScreen() {
  const params = useNavigation((navigation) => navigation.params);
  return <Publish key={JSON.stringify(params)} view={isView(params['view']) ? params['view'] : 'changes'} />;
}

function Publish({ view: first }: { readonly view: View }) {
  const params = useNavigation((navigation) => navigation.params);
  const [view, setView] = useState<View>(first);
  const showScheduled = useCallback(() => setView('scheduled'), []);
  const tabs = <PublishTabs value={view} onView={setView} />;
  switch (view) {
    case 'changes':
      return (
        <ChangesView
          tabs={tabs}
          scheduleListing={params['scheduleListing'] ?? null}
          onScheduled={showScheduled}
        />
      );
    case 'paused':
      return <PausedView tabs={tabs} sku={params['sku'] ?? null} platform={params['platform'] ?? null} />;
    case 'scheduled':
      return <ScheduledView tabs={tabs} onChanges={() => setView('changes')} />;
  }
}
