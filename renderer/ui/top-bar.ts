import { createContext, type ReactNode } from 'react';

/** What the shell puts at the right end of every screen's head (search, publish). */
export const TopBarContext = createContext<ReactNode>(null);
