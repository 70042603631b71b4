/** The package's version, put in by the build. */
declare const TRUELINE_VERSION: string;
