/* Types that every kernel is written in. Sixteen float32 (or eight float64) lanes are one vector here; the compiler lowers
 * them to whatever the machine has (v128, AVX2, AVX-512, NEON), and as each lane is its own sum, the bits do not depend on it. */
#pragma once

typedef float f32;
typedef double f64;
typedef signed int i32;
typedef unsigned int u32;
typedef signed long long i64;
typedef unsigned long long u64;

#define LANES 16
typedef f32 v16 __attribute__((vector_size(64)));
typedef i32 i16x __attribute__((vector_size(64)));
typedef f64 d8 __attribute__((vector_size(64)));
typedef i64 l8 __attribute__((vector_size(64)));

/* Exported under its own name from the WebAssembly module; a plain function in the native build. */
#ifdef __wasm__
#define KERNEL(name) __attribute__((export_name(#name))) name
#else
#define KERNEL(name) name
#endif
