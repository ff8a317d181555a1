import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;

/**
 * Brings a jar's class files to the version of Java 8, in place; the build does so with what it packages.
 *
 * <pre>java -cp asm.jar src/build/ClassFiles.java JAR</pre>
 *
 * <p>picocli is compiled for Java 5. Class files that old go into no class-data archive: at each start they would be taken out
 * of the jar and verified anew, which is a fifth of what {@code soundlift --version} takes. The newer version differs in the stack maps
 * only, which tell the verifier what javac has found out about types; ASM works them out again.
 */
final class ClassFiles {
    private static final int MAGIC_AND_MINOR_VERSION_BYTES = 6;

    private ClassFiles() {}

    public static void main(String[] arguments) throws IOException {
        Path jar = Path.of(arguments[0]);
        ByteArrayOutputStream after = new ByteArrayOutputStream();
        try (URLClassLoader classes = new URLClassLoader(new URL[] {jar.toUri().toURL()});
                ZipInputStream from = new ZipInputStream(Files.newInputStream(jar));
                ZipOutputStream to = new ZipOutputStream(after)) {
            for (ZipEntry entry = from.getNextEntry(); entry != null; entry = from.getNextEntry()) {
                byte[] bytes = from.readAllBytes();
                ZipEntry same = new ZipEntry(entry.getName());
                same.setTime(entry.getTime()); // a build is to be repeatable
                to.putNextEntry(same);
                to.write(isOld(entry, bytes) ? newer(bytes, classes) : bytes);
                to.closeEntry();
            }
        }
        Files.write(jar, after.toByteArray());
    }

    private static boolean isOld(ZipEntry entry, byte[] bytes) {
        return entry.getName().endsWith(".class") && bytes[MAGIC_AND_MINOR_VERSION_BYTES + 1] < Opcodes.V1_6;
    }

    private static byte[] newer(byte[] bytes, ClassLoader classes) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_FRAMES) {
            @Override
            protected ClassLoader getClassLoader() {
                return classes;
            }
        };
        ClassVisitor renumbering = new ClassVisitor(Opcodes.ASM9, writer) {
            @Override
            public void visit(
                    int version, int access, String name, String signature, String parent, String[] interfaces) {
                super.visit(Opcodes.V1_8, access, name, signature, parent, interfaces);
            }
        };
        new ClassReader(bytes).accept(renumbering, ClassReader.SKIP_FRAMES);
        return writer.toByteArray();
    }
}
