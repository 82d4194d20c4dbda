/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "photo/inb-photo-frame.h"

G_BEGIN_DECLS

GBytes *inb_photo_matte_new (InbPhotoSource *matte, const InbPhotoSource *photo,
                             const InbFramePlan *plan, GError **error);

G_END_DECLS
