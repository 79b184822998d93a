/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Chance for forecasts and simulations: the same seed gives the same numbers on every machine. Everything is
 * made of integers and of additions, multiplications, divisions and square roots of doubles, which IEEE 754
 * defines to the last bit; the mathematics library, whose last bit differs, is not asked. */

/* xoshiro256** by Blackman and Vigna (public domain), for long rows of numbers. */
typedef struct
{
  guint64 state[4];
} BatonRandom;

void baton_random_init (BatonRandom *random, guint64 seed);
/* Evenly from 0 … n − 1, without bias; n is at least 1. */
guint baton_random_below (BatonRandom *random, guint n);
guint64 baton_random_next (BatonRandom *random);

/* A number that belongs to a place: the same key and counter always give the same bits (the finalizer of
 * splitmix64). With it a card has the same luck under every way of working. */
guint64 baton_random_at (guint64 key, guint64 counter);
guint64 baton_random_key (guint64 seed, guint64 part);
/* 64 random bits as a number strictly between 0 and 1. */
double baton_random_unit (guint64 bits);

/* Natural logarithm (x > 0) and exponential, right to about 1e-15, the same everywhere. */
double baton_fixed_log (double x);
double baton_fixed_exp (double x);
/* The value that a standard normal variable stays below with probability p, 0 < p < 1 (Wichura, AS 241). */
double baton_normal_quantile (double p);
/* The probability that a standard normal variable is at most z (West 2005, double precision of Hart). */
double baton_normal_probability (double z);

G_END_DECLS
