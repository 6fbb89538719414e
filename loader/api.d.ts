/** A colleague as the page sees one; nothing else leaves the widget. */
export interface EntraidePerson {
  id: string;
  name: string;
  title?: string;
  team?: string;
  place?: string;
  skills: string[];
  wants: string[];
  languages: string[];
  availability?: string;
  /** Why this colleague is proposed, in words. */
  why: string[];
}

/** What a question may be filled with. */
export interface EntraideDraft {
  question?: string;
  details?: string;
  skills?: string[];
  /** Ids of the colleagues to ask. */
  to?: string[];
  /** `false` keeps the page's title and address out of the request. */
  context?: boolean | { title?: string; url?: string };
}

/** What only the page can know: how to reach its backend as its reader. */
export interface EntraideConfiguration {
  /** Called before each request of the widget; its result is sent as a bearer token. */
  getToken?: () => string | Promise<string>;
  headers?: Record<string, string>;
  credentials?: RequestCredentials;
  /** A configuration document, or its URL. */
  config?: string | object;
  [option: string]: unknown;
}

/** The panels that `open` knows. */
export type EntraidePanel = 'ask' | 'directory' | 'mine' | 'inbox';

/** `window.entraide`: usable before the widget has loaded; calls are kept until it has. */
export interface Entraide {
  readonly version: string;
  /** Resolves when the widget has started. */
  readonly ready: Promise<void>;
  /** Opens the ask panel, filled. */
  ask(draft?: EntraideDraft): void;
  open(panel?: EntraidePanel): void;
  close(): void;
  search(query: string, options?: { limit?: number }): Promise<EntraidePerson[]>;
  configure(configuration: EntraideConfiguration): void;
  /** Listens to an event of any element on the page; returns what stops it. */
  on<Name extends keyof EntraideEventMap>(event: Name, listener: (event: EntraideEventMap[Name]) => void): () => void;
  /** What works and what does not, as a report without personal data. */
  diagnose(): Promise<string>;
  /** Removes the widget from the page. */
  destroy(): void;
}
