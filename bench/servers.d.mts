export interface Server {
  readonly url: string;
  /** Ends it as a crash would, with its data kept. */
  kill(): Promise<void>;
  /** Starts it again after a kill, with its data, on its port. */
  start(): Promise<void>;
  /** Ends it and removes its data. */
  close(): Promise<void>;
}

/** Undefined where it is not installed. */
export function redisProgram(): string | undefined;

/** The folder of PostgreSQL's programs; undefined where they are not installed. */
export function postgresPrograms(): string | undefined;

/** `options` as on Redis's command line. */
export function startRedis(password: string, options?: readonly string[]): Promise<Server>;

export function startPostgres(password: string): Promise<Server>;

/** A port that nobody listens on. */
export function freePort(): Promise<number>;

/** Resolves when somebody listens on a port, as long as `alive`. */
export function listening(port: number, alive: () => boolean): Promise<void>;
