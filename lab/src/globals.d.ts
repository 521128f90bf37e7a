/** The version of the package, which the build fills in. */
declare const ASCENT_VERSION: string;

/** Style sheets, which the build bundles. */
declare module "*.css";
