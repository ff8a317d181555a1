package dev.soundlift.engine.inprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.ffmpeg.global.avcodec.*;

import dev.soundlift.SampleTrack;
import org.junit.jupiter.api.Test;

/** What FFmpeg calls the profiles of which it leaves something out, as {@code AudioTrack.carriesObjects} knows them. */
class ProfileNamesTest {
    private static boolean carriesObjects(int codec, int profile) {
        String name = Ffmpeg.text(avcodec_profile_name(codec, profile));
        assertThat(name).isNotEmpty();
        return SampleTrack.lossy("any").profile(name).made().carriesObjects();
    }

    @Test
    void sound_objects_are_left_out() {
        assertThat(carriesObjects(AV_CODEC_ID_EAC3, AV_PROFILE_EAC3_DDP_ATMOS)).isTrue();
        assertThat(carriesObjects(AV_CODEC_ID_TRUEHD, AV_PROFILE_TRUEHD_ATMOS)).isTrue();
        assertThat(carriesObjects(AV_CODEC_ID_DTS, AV_PROFILE_DTS_HD_MA_X)).isTrue();
        assertThat(carriesObjects(AV_CODEC_ID_DTS, AV_PROFILE_DTS_HD_MA_X_IMAX)).isTrue();
    }

    /** FFmpeg's decoder of DTS takes all extensions of its core (XCH, XXCH, X96, XBR, XLL), that of AAC its tools. */
    @Test
    void other_profiles_are_decoded_whole() {
        for (int profile : new int[] {
            AV_PROFILE_DTS,
            AV_PROFILE_DTS_ES,
            AV_PROFILE_DTS_96_24,
            AV_PROFILE_DTS_HD_HRA,
            AV_PROFILE_DTS_HD_MA,
            AV_PROFILE_DTS_EXPRESS
        }) {
            assertThat(carriesObjects(AV_CODEC_ID_DTS, profile)).isFalse();
        }
        for (int profile :
                new int[] {AV_PROFILE_AAC_LOW, AV_PROFILE_AAC_HE, AV_PROFILE_AAC_HE_V2, AV_PROFILE_AAC_USAC}) {
            assertThat(carriesObjects(AV_CODEC_ID_AAC, profile)).isFalse();
        }
    }

    /** So that nothing of them can be flattened: MPEG-H and AC-4 are refused by their names. */
    @Test
    void what_has_no_decoder_is_flattened_by_nobody() {
        assertThat(avcodec_find_decoder(AV_CODEC_ID_MPEGH_3D_AUDIO)).isNull();
        assertThat(avcodec_find_decoder(AV_CODEC_ID_AC4)).isNull();
    }
}
