/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "chart-palette.h"

static GdkRGBA
hex (guint rgb, float alpha)
{
  return (GdkRGBA){ (float) (rgb >> 16 & 255) / 255.0f, (float) (rgb >> 8 & 255) / 255.0f,
    (float) (rgb & 255) / 255.0f, alpha };
}

static void
init_light (BatonPalette *palette)
{
  static const guint tones[BATON_N_INKS] = { 0x3584e4, 0xc01c28, 0xb0afac, 0x26a269, 0xe5820f, 0x613583 };

  palette->ground = hex (0xffffff, 1);
  palette->ink = hex (0x2e3436, 1);
  palette->faint = hex (0x2e3436, 0.65f);
  palette->grid = hex (0x000000, 0.1f);
  palette->accent = hex (0x1c71d8, 1);
  palette->notice = hex (0x241f31, 0.96f);
  palette->noticed = hex (0xffffff, 1);
  for (guint i = 0; i < BATON_N_INKS; i++)
    palette->tones[i] = hex (tones[i], 1);
}

static void
init_dark (BatonPalette *palette)
{
  static const guint tones[BATON_N_INKS] = { 0x62a0ea, 0xff7b63, 0x8a8a8f, 0x57c98a, 0xffb04f, 0xc5a3e6 };

  palette->ground = hex (0x363636, 1);
  palette->ink = hex (0xffffff, 0.95f);
  palette->faint = hex (0xffffff, 0.68f);
  palette->grid = hex (0xffffff, 0.13f);
  palette->accent = hex (0x99c1f1, 1);
  palette->notice = hex (0xf6f5f4, 0.97f);
  palette->noticed = hex (0x1e1e1e, 1);
  for (guint i = 0; i < BATON_N_INKS; i++)
    palette->tones[i] = hex (tones[i], 1);
}

/* Second-rank text is text, and a grid can be seen by everybody. Only amber is too pale on white. */
static void
raise_contrast (BatonPalette *palette)
{
  palette->ink = palette->dark ? hex (0xffffff, 1) : hex (0x000000, 1);
  palette->faint = palette->ink;
  palette->grid = palette->ink;
  palette->grid.alpha = 0.4f;
  palette->notice.alpha = 1;
  if (palette->dark)
    return;
  palette->tones[BATON_INK_MAIN] = hex (0x1a5fb4, 1);
  palette->tones[BATON_INK_REST] = hex (0x77767b, 1);
  palette->tones[BATON_INK_GOOD] = hex (0x1b7a4d, 1);
  palette->tones[BATON_INK_WARM] = hex (0xb35a00, 1);
}

void
baton_palette_init (BatonPalette *palette, gboolean dark, gboolean high_contrast)
{
  *palette = (BatonPalette){ .dark = dark };
  if (dark)
    init_dark (palette);
  else
    init_light (palette);
  if (high_contrast)
    raise_contrast (palette);
}

GdkRGBA
baton_palette_shade (const BatonPalette *palette, BatonInk tone, guint i, guint n)
{
  const GdkRGBA *full = &palette->tones[tone];
  float share = n < 2 ? 1.0f : 0.35f + 0.65f * (float) i / (float) (n - 1);

  return (GdkRGBA){ full->red * share + palette->ground.red * (1 - share),
    full->green * share + palette->ground.green * (1 - share),
    full->blue * share + palette->ground.blue * (1 - share), 1 };
}
