/** The server of the lab: the page, and runs from disk, for browsers of this machine. */

import { fileURLToPath } from "node:url";
import { ConfigError } from "../../errors.js";
import { checkValue, int, requireKnown } from "../../options.js";
import { RUNS } from "../run-folder.js";
import { answer } from "./answering.js";
import { Catalogue } from "./catalogue.js";
import { EventStreams } from "./event-streams.js";
import { FolderWatch } from "./folder-watch.js";
import { Gate } from "./gate.js";
import { lookAgainAndAgain } from "./look-loop.js";
import { listenOnLoopback, type Patience } from "./loopback.js";
import { readPage } from "./page-files.js";
import { robotFiles } from "./robot-files.js";

/** How `startLab` serves the lab. */
export interface LabOptions {
  /** Folders with runs, sweeps or studies. Default: `runs`, which need not be there yet. */
  readonly folders?: readonly string[] | undefined;
  /** The port on this machine. Default: 4747 if it is free, else any. */
  readonly port?: number | undefined;
}

/** A lab that is served. */
export interface Lab {
  readonly port: number;
  /** The address of its page, with the token in the fragment. Whoever has it can read the runs. */
  readonly address: string;
  /** An address that leads to the page once, within a minute: to start a browser with, as others may see its arguments. */
  addressForOnce(): string;
  /** Stops serving, and ends all connections. */
  close(): Promise<void>;
}

/** What only tests set. */
interface Setting extends Partial<Patience> {
  /** The folder of the built page. */
  readonly page?: string;
  /** Milliseconds between two looks at the folders while someone watches, and while nobody does. */
  readonly lookMs?: readonly [number, number];
}

/** The option of a port, for flags too. */
export const portOption = int(4747, { min: 1, max: 65535, help: "port on this machine; without it a free one" });

const PAGE = fileURLToPath(new URL("../../lab", import.meta.url));

/**
 * Serves the page of the lab and the runs in some folders, to this machine only and to whoever has its address.
 *
 * @throws ConfigError for an unknown option, or a port that is taken @throws FileError if the page was not built
 */
export function startLab(options: LabOptions = {}): Promise<Lab> {
  requireKnown(options, ["folders", "port"]);
  const { folders, port } = options;
  if (port !== undefined) checkValue("port", portOption, port);
  if (
    folders !== undefined &&
    !(Array.isArray(folders) && folders.every((one) => typeof one === "string" && one !== ""))
  )
    throw new ConfigError({ field: "folders", given: folders, allowed: "a list of folders" });
  return serveLab(options);
}

/** As `startLab`, also with what only tests set. Port 0 is any that is free. @internal */
export async function serveLab(
  { folders = [RUNS], port }: LabOptions,
  { page = PAGE, headMs = 10_000, idleMs = 60_000, lookMs: [watched, alone] = [1000, 5000] }: Setting = {},
): Promise<Lab> {
  const files = new Map([...robotFiles(), ...readPage(page)]);
  const gate = new Gate();
  const catalogue = new Catalogue();
  const streams = new EventStreams(catalogue);
  const watch = new FolderWatch(folders, catalogue);
  const served = { page: files, gate, catalogue, streams };
  const loopback = await listenOnLoopback(port, { headMs, idleMs }, (request, response, at) => {
    const before = streams.count;
    answer(request, response, at, served);
    if (before === 0 && streams.count > 0) loop.hurry();
  });
  const loop = lookAgainAndAgain(() => watch.look(), {
    pause: () => (streams.count > 0 ? watched : alone),
    told: () => streams.tellAll(),
  });
  const place = `http://127.0.0.1:${loopback.port}`;
  return {
    port: loopback.port,
    address: `${place}/#token=${gate.token}`,
    addressForOnce: () => `${place}/open/${gate.makeTicket()}`,
    async close() {
      streams.close();
      await Promise.all([loop.stop(), loopback.close()]);
    },
  };
}
