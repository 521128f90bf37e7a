/** Real servers for tests. Benchmarks start the same ones. */

export { postgresPrograms, redisProgram, type Server, startPostgres, startRedis } from "../bench/servers.mjs";
